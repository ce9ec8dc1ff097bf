"""What the places and events of the county go by."""

CONGRESS_MEETING = "M1"
"""出席人代会: the one item whose unapproved absence the law counts (代表法第六十二条)."""
FATAL_ABSENCES = 2
"""未经批准两次不出席本级人民代表大会会议的，代表资格终止."""
