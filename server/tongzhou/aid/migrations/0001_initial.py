"""Packages, calls, offers, agreements, deployments, cost."""

import django.db.models.deletion
from django.db import migrations, models

import tongzhou.kernel.ids


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("actors", "0001_initial"),
        ("catalogue", "0001_initial"),
        ("funds", "0004_aid_as_work"),
        ("incidents", "0010_clocks_tell"),
        ("places", "0002_area_mode"),
    ]

    operations = [
        migrations.CreateModel(
            name="AidRequest",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=tongzhou.kernel.ids.new_id,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("number", models.BigIntegerField(unique=True)),
                (
                    "kind",
                    models.TextField(
                        choices=[
                            ("testing", "testing and sampling"),
                            ("tracing", "tracing of contacts"),
                            ("medical", "medical care"),
                            ("disinfection", "disinfection"),
                            ("logistics", "transport and logistics"),
                            ("supplies", "supplies"),
                            ("command", "command and information"),
                            ("other", "other"),
                        ]
                    ),
                ),
                ("what", models.TextField()),
                ("count", models.PositiveIntegerField()),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField()),
                (
                    "priority",
                    models.PositiveSmallIntegerField(
                        choices=[(1, "life at risk"), (2, "urgent"), (3, "normal"), (4, "can wait")]
                    ),
                ),
                ("reason", models.TextField()),
                ("asked_at", models.DateTimeField()),
                ("due_at", models.DateTimeField()),
                ("prolonged", models.PositiveSmallIntegerField(default=0)),
                ("prolong_reason", models.TextField(blank=True)),
                ("closed_at", models.DateTimeField(null=True)),
                ("close_reason", models.TextField(blank=True)),
                (
                    "area",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="places.area",
                    ),
                ),
                (
                    "incident",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="incidents.incident",
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="actors.post",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="actors.unit",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="AidOffer",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=tongzhou.kernel.ids.new_id,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("number", models.BigIntegerField(unique=True)),
                ("count", models.PositiveIntegerField()),
                ("people", models.PositiveIntegerField(default=0)),
                ("arrives_at", models.DateTimeField()),
                ("ends_on", models.DateField()),
                ("currency", models.CharField(max_length=3)),
                ("cost", models.BigIntegerField(default=0)),
                ("conditions", models.TextField(blank=True)),
                (
                    "state",
                    models.TextField(
                        choices=[
                            ("made", "waits for the asking region"),
                            ("taken", "taken"),
                            ("declined", "not taken"),
                            ("withdrawn", "withdrawn"),
                        ],
                        default="made",
                    ),
                ),
                ("reason", models.TextField(blank=True)),
                ("offered_at", models.DateTimeField()),
                ("decided_at", models.DateTimeField(null=True)),
                (
                    "post",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="actors.post",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="actors.unit",
                    ),
                ),
                (
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="offers",
                        to="aid.aidrequest",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Agreement",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=tongzhou.kernel.ids.new_id,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("number", models.BigIntegerField(unique=True)),
                (
                    "state",
                    models.TextField(
                        choices=[
                            ("draft", "waits for signatures"),
                            ("force", "in force"),
                            ("cancelled", "cancelled"),
                        ],
                        default="draft",
                    ),
                ),
                ("currency", models.CharField(max_length=3)),
                ("people", models.PositiveIntegerField(default=0)),
                ("version", models.PositiveIntegerField(default=0)),
                ("count", models.PositiveIntegerField(default=0)),
                ("cost", models.BigIntegerField(default=0)),
                ("arrives_at", models.DateTimeField()),
                ("ends_on", models.DateField()),
                (
                    "payment",
                    models.TextField(
                        choices=[
                            ("asker", "the asking region pays what was agreed"),
                            ("gift", "a gift: nothing is paid"),
                        ],
                        default="asker",
                    ),
                ),
                ("reserved", models.PositiveIntegerField(default=0)),
                ("sent", models.PositiveIntegerField(default=0)),
                ("claimed", models.BigIntegerField(default=0)),
                ("paid", models.BigIntegerField(default=0)),
                ("reason", models.TextField(blank=True)),
                ("drafted_at", models.DateTimeField()),
                (
                    "asker",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="actors.unit",
                    ),
                ),
                (
                    "offerer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="actors.unit",
                    ),
                ),
                (
                    "offer",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="agreement",
                        to="aid.aidoffer",
                    ),
                ),
                (
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="agreements",
                        to="aid.aidrequest",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Asked",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=tongzhou.kernel.ids.new_id,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "answer",
                    models.TextField(
                        choices=[
                            ("waiting", "has not answered"),
                            ("offered", "offers"),
                            ("declined", "cannot help"),
                        ],
                        default="waiting",
                    ),
                ),
                ("reason", models.TextField(blank=True)),
                ("answered_at", models.DateTimeField(null=True)),
                (
                    "better",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="actors.unit",
                    ),
                ),
                (
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="asked",
                        to="aid.aidrequest",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="actors.unit",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Cost",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=tongzhou.kernel.ids.new_id,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("number", models.BigIntegerField(unique=True)),
                ("version", models.PositiveIntegerField()),
                ("total", models.BigIntegerField()),
                (
                    "state",
                    models.TextField(
                        choices=[
                            ("claimed", "waits for the asking region"),
                            ("asked", "payment asked for"),
                            ("paid", "paid"),
                            ("refused", "refused"),
                            ("given", "given as a gift"),
                        ],
                        default="claimed",
                    ),
                ),
                ("reason", models.TextField(blank=True)),
                ("claimed_at", models.DateTimeField()),
                ("due_at", models.DateTimeField()),
                ("paid", models.BigIntegerField(default=0)),
                ("settled_at", models.DateTimeField(null=True)),
                (
                    "agreement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="costs",
                        to="aid.agreement",
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="actors.post",
                    ),
                ),
                (
                    "spending",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="funds.spending",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="CostLine",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=tongzhou.kernel.ids.new_id,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("position", models.PositiveSmallIntegerField()),
                ("what", models.TextField()),
                ("amount", models.BigIntegerField()),
                (
                    "cost",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="lines",
                        to="aid.cost",
                    ),
                ),
            ],
            options={
                "ordering": ("position",),
            },
        ),
        migrations.CreateModel(
            name="Deployment",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=tongzhou.kernel.ids.new_id,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("position", models.PositiveSmallIntegerField()),
                ("sent", models.PositiveIntegerField()),
                ("arrived", models.PositiveIntegerField(default=0)),
                ("released", models.PositiveIntegerField(default=0)),
                ("home", models.PositiveIntegerField(default=0)),
                ("left_at", models.DateTimeField()),
                ("due_at", models.DateTimeField()),
                ("arrived_at", models.DateTimeField(null=True)),
                ("released_at", models.DateTimeField(null=True)),
                ("home_at", models.DateTimeField(null=True)),
                ("early", models.BooleanField(default=False)),
                ("note", models.TextField(blank=True)),
                ("place", models.TextField(blank=True)),
                ("host_difference", models.TextField(blank=True)),
                ("home_difference", models.TextField(blank=True)),
                (
                    "agreement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="deployments",
                        to="aid.agreement",
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="actors.post",
                    ),
                ),
            ],
            options={
                "ordering": ("position",),
            },
        ),
        migrations.CreateModel(
            name="Hosting",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=tongzhou.kernel.ids.new_id,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("since", models.DateField()),
                ("people", models.PositiveIntegerField()),
                ("at", models.DateTimeField()),
                ("exercise", models.BooleanField(default=False)),
                (
                    "post",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="actors.post",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="actors.unit",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Package",
            fields=[
                ("name_zh", models.TextField()),
                ("name_en", models.TextField(blank=True)),
                (
                    "id",
                    models.UUIDField(
                        default=tongzhou.kernel.ids.new_id,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("code", models.SlugField(max_length=60)),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "kind",
                    models.TextField(
                        choices=[
                            ("testing", "testing and sampling"),
                            ("tracing", "tracing of contacts"),
                            ("medical", "medical care"),
                            ("disinfection", "disinfection"),
                            ("logistics", "transport and logistics"),
                            ("supplies", "supplies"),
                            ("command", "command and information"),
                            ("other", "other"),
                        ]
                    ),
                ),
                ("days", models.PositiveIntegerField()),
                ("people", models.PositiveIntegerField(default=0)),
                ("transport", models.TextField(blank=True)),
                ("power", models.TextField(blank=True)),
                ("other_needs", models.TextField(blank=True)),
                ("reusable", models.BooleanField(default=True)),
                ("since", models.DateField()),
                ("until", models.DateField(null=True)),
                ("currency", models.CharField(max_length=3)),
                ("total", models.BigIntegerField(default=0)),
                ("published_at", models.DateTimeField()),
                ("retired_at", models.DateTimeField(null=True)),
                ("exercise", models.BooleanField(default=False)),
                (
                    "post",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="actors.post",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="actors.unit",
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="aidrequest",
            name="package",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="aid.package",
            ),
        ),
        migrations.AddField(
            model_name="aidoffer",
            name="package",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="aid.package",
            ),
        ),
        migrations.CreateModel(
            name="PackageLine",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=tongzhou.kernel.ids.new_id,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("position", models.PositiveSmallIntegerField()),
                (
                    "part",
                    models.TextField(
                        choices=[
                            ("people", "people"),
                            ("goods", "goods"),
                            ("equipment", "equipment"),
                        ]
                    ),
                ),
                ("what", models.TextField(blank=True)),
                ("skill", models.TextField(blank=True)),
                ("licence", models.TextField(blank=True)),
                ("quantity", models.DecimalField(decimal_places=3, max_digits=16)),
                ("cost", models.BigIntegerField(default=0)),
                (
                    "item",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="catalogue.item",
                    ),
                ),
                (
                    "package",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="lines",
                        to="aid.package",
                    ),
                ),
                (
                    "resource",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="catalogue.resource",
                    ),
                ),
            ],
            options={
                "ordering": ("position",),
            },
        ),
        migrations.CreateModel(
            name="Version",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=tongzhou.kernel.ids.new_id,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                ("count", models.PositiveIntegerField()),
                ("cost", models.BigIntegerField()),
                ("arrives_at", models.DateTimeField()),
                ("ends_on", models.DateField()),
                (
                    "payment",
                    models.TextField(
                        choices=[
                            ("asker", "the asking region pays what was agreed"),
                            ("gift", "a gift: nothing is paid"),
                        ],
                        default="asker",
                    ),
                ),
                (
                    "liability",
                    models.TextField(
                        choices=[
                            ("asker", "the asking region is liable"),
                            ("offerer", "the sending region is liable"),
                            ("each", "each side is liable for its own people"),
                        ],
                        default="asker",
                    ),
                ),
                ("conditions", models.TextField(blank=True)),
                ("template", models.UUIDField()),
                ("clauses", models.JSONField(default=list)),
                ("reason", models.TextField(blank=True)),
                ("drafted_at", models.DateTimeField()),
                ("due_at", models.DateTimeField()),
                ("asker_signed_at", models.DateTimeField(null=True)),
                ("offerer_signed_at", models.DateTimeField(null=True)),
                ("dropped_at", models.DateTimeField(null=True)),
                (
                    "agreement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="versions",
                        to="aid.agreement",
                    ),
                ),
                (
                    "asker_post",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="actors.post",
                    ),
                ),
                (
                    "offerer_post",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="actors.post",
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="actors.post",
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="agreement",
            index=models.Index(fields=["asker", "state"], name="aid_agreement_asker"),
        ),
        migrations.AddIndex(
            model_name="agreement",
            index=models.Index(fields=["offerer", "state"], name="aid_agreement_offerer"),
        ),
        migrations.AddConstraint(
            model_name="agreement",
            constraint=models.CheckConstraint(
                condition=models.Q(("sent__lte", models.F("count"))), name="aid_sent_as_agreed"
            ),
        ),
        migrations.AddConstraint(
            model_name="agreement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("claimed__lte", models.F("cost")),
                    ("paid__gte", 0),
                    ("paid__lte", models.F("claimed")),
                ),
                name="aid_paid_as_agreed",
            ),
        ),
        migrations.AddConstraint(
            model_name="asked",
            constraint=models.UniqueConstraint(fields=("request", "unit"), name="aid_asked_once"),
        ),
        migrations.AddConstraint(
            model_name="cost",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("paid__gte", 0), ("paid__lte", models.F("total")), ("total__gt", 0)
                ),
                name="aid_cost_amounts",
            ),
        ),
        migrations.AddConstraint(
            model_name="costline",
            constraint=models.UniqueConstraint(
                fields=("cost", "position"), name="aid_cost_line_place"
            ),
        ),
        migrations.AddConstraint(
            model_name="costline",
            constraint=models.CheckConstraint(
                condition=models.Q(("amount__gt", 0)), name="aid_cost_line_amount"
            ),
        ),
        migrations.AddConstraint(
            model_name="deployment",
            constraint=models.UniqueConstraint(
                fields=("agreement", "position"), name="aid_deployment_place"
            ),
        ),
        migrations.AddConstraint(
            model_name="deployment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("arrived__lte", models.F("sent")),
                    ("home__lte", models.F("released")),
                    ("released__lte", models.F("arrived")),
                    ("sent__gt", 0),
                ),
                name="aid_deployment_counts",
            ),
        ),
        migrations.AddConstraint(
            model_name="hosting",
            constraint=models.UniqueConstraint(
                fields=("unit", "since", "exercise"), name="aid_hosting_of_a_day"
            ),
        ),
        migrations.AddConstraint(
            model_name="package",
            constraint=models.UniqueConstraint(
                condition=models.Q(("retired_at__isnull", True)),
                fields=("code",),
                name="aid_package_living",
            ),
        ),
        migrations.AddConstraint(
            model_name="package",
            constraint=models.UniqueConstraint(
                fields=("code", "version"), name="aid_package_version"
            ),
        ),
        migrations.AddConstraint(
            model_name="package",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("days__gt", 0),
                    ("total__gte", 0),
                    models.Q(
                        ("until__isnull", True), ("until__gte", models.F("since")), _connector="OR"
                    ),
                ),
                name="aid_package_sound",
            ),
        ),
        migrations.AddIndex(
            model_name="aidrequest",
            index=models.Index(fields=["unit", "number"], name="aid_request_unit"),
        ),
        migrations.AddIndex(
            model_name="aidrequest",
            index=models.Index(
                condition=models.Q(("closed_at__isnull", True)),
                fields=["ends_on"],
                name="aid_request_open",
            ),
        ),
        migrations.AddConstraint(
            model_name="aidrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(("count__gt", 0), ("ends_on__gte", models.F("starts_on"))),
                name="aid_request_sound",
            ),
        ),
        migrations.AddConstraint(
            model_name="aidoffer",
            constraint=models.CheckConstraint(
                condition=models.Q(("cost__gte", 0), ("count__gt", 0)), name="aid_offer_amounts"
            ),
        ),
        migrations.AddConstraint(
            model_name="packageline",
            constraint=models.UniqueConstraint(
                fields=("package", "position"), name="aid_line_place"
            ),
        ),
        migrations.AddConstraint(
            model_name="packageline",
            constraint=models.CheckConstraint(
                condition=models.Q(("cost__gte", 0), ("quantity__gt", 0)), name="aid_line_amounts"
            ),
        ),
        migrations.AddConstraint(
            model_name="version",
            constraint=models.UniqueConstraint(
                fields=("agreement", "number"), name="aid_version_number"
            ),
        ),
        migrations.AddConstraint(
            model_name="version",
            constraint=models.UniqueConstraint(
                condition=models.Q(
                    ("dropped_at__isnull", True),
                    models.Q(
                        ("asker_signed_at__isnull", True),
                        ("offerer_signed_at__isnull", True),
                        _connector="OR",
                    ),
                ),
                fields=("agreement",),
                name="aid_one_version_to_sign",
            ),
        ),
        migrations.AddConstraint(
            model_name="version",
            constraint=models.CheckConstraint(
                condition=models.Q(("cost__gte", 0), ("count__gt", 0)), name="aid_version_amounts"
            ),
        ),
    ]
