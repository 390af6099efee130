# What was promised is looked after: by its day, by the word of the merchant, and by the word of the buyer.
now 2026-11-23T09:00:00Z
leila is consumer leila@courrier.example
omar is consumer omar@post.example
sara is consumer sara@post.example
atlas is merchant sav@boutique-atlas.example
samir is agent samir@relation-client.example

leila writes to atlas:
  Subject: Produit défectueux
  Bonjour, je m'appelle Leila Bennani. Ma cafetière est en panne, commande n° AT-48213. Je demande l'échange du produit.
> opened; svc-open
> consumer: svc-received (fr)
> agent: svc-new (fr)

samir answers:
  PROPOSER
  1) Le vendeur fait l'échange de la cafetière, avant le 10 décembre 2026.
> noted
> agent: svc-draft (fr)

samir answers:
  PROPOSER ***
> advanced; svc-offer
> consumer: svc-offer (fr)
> agent: svc-sent (fr)

leila answers:
  ACCEPTER ***
> advanced; svc-fulfil
> consumer: svc-done (fr)
> merchant: svc-done (fr)
> agent: svc-done (fr)

atlas answers:
  FAIT ***
> noted
> consumer: svc-check (fr)

wait 35 days
> on 2026-12-10 the clock rings
> consumer: svc-check (fr)
> on 2026-12-15 the clock rings
> consumer: svc-check (fr)
> on 2026-12-21 the clock rings; closed SVC_RESOLVED
> consumer: svc-closed (fr)
> agent: svc-closed (fr)

omar writes to atlas:
  Subject: Produit défectueux
  Bonjour, je m'appelle Omar Idrissi. Ma cafetière est en panne, commande n° AT-48214. Je demande l'échange du produit.
> opened; svc-open
> consumer: svc-received (fr)
> agent: svc-new (fr)

samir answers:
  PROPOSER
  1) Le vendeur fait l'échange de la cafetière, avant le 10 janvier 2027.
> noted
> agent: svc-draft (fr)

samir answers:
  PROPOSER ***
> advanced; svc-offer
> consumer: svc-offer (fr)
> agent: svc-sent (fr)

omar answers:
  ACCEPTER ***
> advanced; svc-fulfil
> consumer: svc-done (fr)
> merchant: svc-done (fr)
> agent: svc-done (fr)

wait 35 days
> on 2027-01-13 the clock rings
> consumer: svc-check (fr)
> on 2027-01-18 the clock rings
> consumer: svc-check (fr)
> on 2027-01-25 the clock rings; svc-deadlock
> consumer: svc-final (fr)
> merchant: svc-reminder (fr)
> agent: svc-turn (fr)
> on 2027-02-01 the clock rings
> consumer: svc-final (fr)

omar answers:
  FAIT ***
> advanced; closed SVC_RESOLVED
> consumer: svc-closed (fr)
> merchant: svc-closed (fr)
> agent: svc-closed (fr)

sara writes to atlas:
  Subject: Produit défectueux
  Bonjour, je m'appelle Sara Alami. Ma cafetière est en panne, commande n° AT-48215. Je demande l'échange du produit.
> opened; svc-open
> consumer: svc-received (fr)
> agent: svc-new (fr)

samir answers:
  PROPOSER
  1) Le vendeur fait l'échange de la cafetière, avant le 10 mars 2027.
> noted
> agent: svc-draft (fr)

samir answers:
  PROPOSER ***
> advanced; svc-offer
> consumer: svc-offer (fr)
> agent: svc-sent (fr)

wait 9 days
> on 2027-02-04 the clock rings
> consumer: svc-reminder (fr)
> on 2027-02-08 the clock rings
> consumer: svc-reminder (fr)
> on 2027-02-08 the clock rings; svc-deadlock
> consumer: svc-final (fr)
> agent: svc-turn (fr)

samir answers:
  PROPOSER
  1) Le vendeur fait l'échange de la cafetière, avant le 12 mars 2027.
> noted
> agent: svc-draft (fr)

samir answers:
  PROPOSER ***
> advanced; svc-offer
> consumer: svc-offer (fr)
> agent: svc-sent (fr)

sara answers:
  ACCEPTER ***
> advanced; svc-fulfil
> consumer: svc-done (fr)
> merchant: svc-done (fr)
> agent: svc-done (fr)

wait 32 days
> on 2027-03-12 the clock rings
> consumer: svc-check (fr)

sara answers:
  PAS FAIT ***
> advanced; svc-deadlock
> consumer: svc-final (fr)
> merchant: svc-reminder (fr)
> agent: svc-turn (fr)
