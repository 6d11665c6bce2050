-- Upper end of the same interval as `net_tone_low`.
(p, q, n) AS least(1.0, p - q + sqrt(greatest(0.0,
  (wilson_high(p, n) - p) ** 2
  - 2 * both_phi(p, q) * (wilson_high(p, n) - p) * (q - wilson_low(q, n))
  + (q - wilson_low(q, n)) ** 2)))
