"""The journeys of Onda's customers, one file each."""
