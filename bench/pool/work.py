"""One process of a pool of two: `seal` makes duty files by the real task until none is left,
`bare FOLDER` renders those pages by WeasyPrint alone. Says what it took, in one line.
"""

import json
import resource
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from weasyprint import HTML


def seal() -> int:
    """归档: the task again and again, as beat would send it, until the cycle is sealed."""
    import django  # noqa: PLC0415 -- the bare pages are rendered without

    django.setup()
    from scoring import tasks  # noqa: PLC0415 -- after django.setup()
    from scoring.models import ReviewCycle  # noqa: PLC0415 -- after django.setup()

    made = 0
    while ReviewCycle.objects.sealing().exists():
        made += tasks.run_reviews()
    return made


def bare(folder: Path) -> int:
    """Each page of HTML to a PDF, in as few words as anybody would; nothing kept of it."""
    sheet = Path(__file__).parents[2] / "static/css/paper.css"
    pages = sorted(folder.glob("*.html"))
    for page in pages:
        HTML(string=page.read_text()).write_pdf(stylesheets=[sheet])
    return len(pages)


def main() -> None:
    """Wall and processor seconds of the work, and the memory."""
    began, used = time.monotonic(), time.process_time()
    made = seal() if sys.argv[1] == "seal" else bare(Path(sys.argv[2]))
    report = {
        "made": made,
        "seconds": time.monotonic() - began,
        "cpu": time.process_time() - used,
        "rss_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
    }
    sys.stdout.write(json.dumps(report) + "\n")


if __name__ == "__main__":
    main()
