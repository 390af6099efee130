# A letter to the buyer of a customer service comes back, and later the buyer rests the complaint and takes it up again.
now 2026-11-23T09:00:00Z
leila is consumer leila@courrier.example
atlas is merchant sav@boutique-atlas.example
samir is agent samir@relation-client.example

leila writes to atlas:
  Subject: Produit défectueux
  Bonjour, je m'appelle Leila Bennani. Ma cafetière est en panne, commande n° AT-48213. Je demande l'échange du produit.
> opened; svc-open
> consumer: svc-received (fr)
> agent: svc-new (fr)

samir answers:
  Bonjour Madame, pouvez-vous préciser la panne ?
> advanced; svc-wait-consumer
> consumer: svc-answer (fr)

the letter to leila bounces
> bounce
> agent: svc-turn (fr)

leila answers:
  Je souhaite retirer ma réclamation.
> advanced; svc-resting
> consumer: svc-resting (fr)
> agent: message (fr)

wait 1 days

leila answers:
  REPRENDRE ***
> advanced; svc-wait-consumer
> consumer: resumed (fr)
> agent: svc-turn (fr)
