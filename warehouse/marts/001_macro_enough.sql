-- Whether a number may be shown at all: below ten there is no percentage, no rate and no tone. The one place of that rule.
(n) AS n >= 10
