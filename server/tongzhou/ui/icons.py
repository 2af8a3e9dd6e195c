"""The icons that pages may use: names of Tabler's outline set, gathered into one sprite by
:mod:`tongzhou.ui.build_assets`."""

ICONS: frozenset[str] = frozenset(
    """
    activity adjustments-horizontal affiliate alarm alert-circle alert-triangle ambulance
    antenna-bars-5 archive arrow-back-up arrow-down arrow-forward-up arrow-left arrow-merge
    arrow-narrow-right arrow-right arrow-up arrows-exchange arrows-join arrows-split ban bell
    bell-ringing book briefcase broadcast building building-bank building-community
    building-factory building-hospital building-skyscraper building-store bulb calendar
    calendar-due calendar-event calendar-time camera caret-down certificate chart-arrows-vertical
    chart-bar chart-dots chart-dots-3 chart-histogram chart-line check checklist checks chevron-down
    chevron-left chevron-right chevron-up circle circle-check circle-dashed circle-dot circle-x
    clipboard clipboard-check clipboard-list clock clock-exclamation clock-hour-4 cloud-off copy
    corner-down-right dashboard database device-desktop device-mobile dots dots-vertical download
    edit exclamation-circle external-link eye eye-check eye-off file file-certificate file-export
    file-import file-spreadsheet file-text filter filter-off first-aid-kit flag flag-3 flask folder
    gauge gavel git-merge grid-dots hand-stop heart-handshake help help-circle hierarchy hierarchy-2
    history home hourglass id-badge-2 inbox info-circle key keyboard language layout-board
    layout-dashboard layout-grid layout-list link list list-check list-details loader-2 lock
    lock-open login logout mail map map-2 map-pin masks-theater math-function medical-cross
    menu-2 message message-2 message-circle messages microphone minus moon network news notebook
    notes package paperclip pencil phone photo plug-connected player-pause player-play plus
    point pointer printer progress progress-check qrcode question-mark radar receipt-2 refresh
    report report-analytics report-medical rotate rotate-clockwise route ruler-2 scale search send
    settings share share-3 shield shield-check shield-lock signature sitemap sort-ascending
    sort-descending speakerphone stack-2 star stethoscope sun switch-horizontal table tag tags
    target target-arrow timeline timeline-event tool transfer transform trash trending-down
    trending-up truck-delivery unlink upload urgent user user-check user-circle user-plus
    user-question user-shield user-x users users-group vaccine versions viewport-narrow
    virus virus-search volume wand wifi wifi-off world x zoom-in
    """.split()
)
