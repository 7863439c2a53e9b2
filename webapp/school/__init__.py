"""The school this database holds: its policy, calendar, clock and audit trail."""
