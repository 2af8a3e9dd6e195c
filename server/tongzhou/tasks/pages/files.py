"""The files of tasks."""

from uuid import UUID

from django.http import HttpResponseBase
from django.views.decorators.http import require_safe

from tongzhou.actors.session import PostRequest, signed_in
from tongzhou.tasks import downloads, queries


@require_safe
@signed_in
def attachment(request: PostRequest, id: UUID) -> HttpResponseBase:
    """Downloads a file; 404 for whoever may not see its task."""
    return downloads.as_download(queries.attachment_for(visible_to=request.holder, id=id))
