# What a customer service promised was done: nobody is told that it is still owed.
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
  PROPOSER
  1) Le vendeur rembourse 300 DH, au plus tard le 15 décembre 2026.
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

leila answers:
  FAIT ***
> advanced; closed SVC_RESOLVED
> consumer: svc-closed (fr)
> merchant: svc-closed (fr)
> agent: svc-closed (fr)
