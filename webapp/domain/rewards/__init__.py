"""What levels open: the tuck shop, the reward room, the options period, the trip and the hall board."""
