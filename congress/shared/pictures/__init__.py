"""Pictures for pages, the wall and the PDF: pure functions, numbers in, SVG out."""

from congress.shared.pictures.queue import (
    Flow as Flow,
)
from congress.shared.pictures.queue import (
    UnitLights as UnitLights,
)
from congress.shared.pictures.queue import (
    lights_by_unit as lights_by_unit,
)
from congress.shared.pictures.queue import (
    lights_by_unit_words as lights_by_unit_words,
)
from congress.shared.pictures.queue import (
    stage_flow as stage_flow,
)
from congress.shared.pictures.queue import (
    stage_flow_words as stage_flow_words,
)
from congress.shared.pictures.year import (
    heat_calendar as heat_calendar,
)
from congress.shared.pictures.year import (
    heat_calendar_words as heat_calendar_words,
)
from congress.shared.pictures.year import (
)
from congress.shared.pictures.year import (
    month_bars as month_bars,
)
from congress.shared.pictures.year import (
    month_bars_words as month_bars_words,
)
from congress.shared.pictures.year import (
    portrait as portrait,
)
from congress.shared.pictures.year import (
    portrait_words as portrait_words,
)
