"""The lake at the size of years: made-up documents, the questions of the dashboard, a load, and peers."""
