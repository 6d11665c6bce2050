"""The stages as Airflow DAGs. Files here hold no logic: they only say what runs after what, and when."""
