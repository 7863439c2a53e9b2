"""A copy of the school for training, in which nobody can be recognised: all of it happened, to invented people."""
