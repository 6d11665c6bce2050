-- Lower end of the 95 % interval of a difference p - q of two shares of the same n items: Newcombe's method 10 for paired
-- proportions (1998, Stat. Med. 17:2635-2650), from the Wilson limits of each and their correlation. p: share of positive,
-- q: share of negative items; n need not be whole.
(p, q, n) AS greatest(-1.0, p - q - sqrt(greatest(0.0,
  (p - wilson_low(p, n)) ** 2
  - 2 * both_phi(p, q) * (p - wilson_low(p, n)) * (wilson_high(q, n) - q)
  + (wilson_high(q, n) - q) ** 2)))
