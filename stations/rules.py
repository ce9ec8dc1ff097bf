"""What the places and events of the county go by."""

FATAL_ABSENCES = 2
"""未经批准两次不出席本级人民代表大会会议的，代表资格终止."""
