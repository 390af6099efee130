# A merchant's customer service offers what its mandate allows; the buyer accepts, and the merchant does it.
now 2026-11-23T09:00:00Z
leila is consumer leila@courrier.example
atlas is merchant sav@boutique-atlas.example
samir is agent samir@relation-client.example

leila writes to atlas:
  Subject: Cafetière arrivée cassée
  Bonjour,
  je m'appelle Leila Bennani. Ma cafetière est arrivée cassée. Je demande un remboursement.
> opened; svc-open
> consumer: svc-received (fr)
> agent: svc-new (fr)

leila answers:
  Commande n° AT-48213, produit : une cafetière.
> noted
> agent: message (fr)

samir answers:
  Bonjour Madame, pourriez-vous nous dire ce qui est cassé exactement ?
> advanced; svc-wait-consumer
> consumer: svc-answer (fr)

wait 3 days
> on 2026-11-26 the clock rings
> consumer: svc-reminder (fr)

leila answers:
  La verseuse est fendue de haut en bas.
> advanced; svc-open
> agent: message (fr)

samir answers:
  PROPOSER
  ce que vous voulez
> noted
> agent: proposal-help (fr)

samir answers:
  PROPOSER
  1) Le vendeur rembourse 300 DH, avant le 15 décembre 2026.
> noted
> agent: svc-draft (fr)

samir answers:
  PROPOSER ***
> advanced; svc-offer
> consumer: svc-offer (fr)
> agent: svc-sent (fr)

wait 4 days
> on 2026-11-30 the clock rings
> consumer: svc-reminder (fr)

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

leila answers:
  FAIT ***
> advanced; closed SVC_RESOLVED
> consumer: svc-closed (fr)
> merchant: svc-closed (fr)
> agent: svc-closed (fr)
