-- Net tone: (positive - negative) ÷ (negative + neutral + positive), from -1 to +1, NULL below ten items.
(negative, neutral, positive) AS share(positive - negative, negative + neutral + positive)
