"""The rows that a screen needs, from the database: for Flask alone, in the form in which a tablet holds them."""
