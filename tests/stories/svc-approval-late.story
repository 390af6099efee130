# A seller approves an offer after its time: both it and whoever answers in its name hear that it changed nothing. Nobody is late before the day.
now 2026-11-23T09:00:00Z
leila is consumer leila@courrier.example
registrar is operator registrar@elitige.example
atlas is merchant sav@boutique-atlas.example
samir is agent samir@relation-client.example

leila writes to atlas:
  Subject: Commande jamais reçue
  Bonjour,
  je m'appelle Leila Bennani, de Tanger. J'ai commandé le 3 novembre 2026 une machine à café sur le site boutique-atlas.example,
  commande n° AT-48213, pour 1 500,00 DH payés par carte. Je n'ai toujours rien reçu malgré mes relances du 12 novembre.
  Je demande le remboursement de ma commande.
  Leila Bennani
> opened; svc-open
> consumer: svc-received (fr)
> agent: svc-new (fr)

samir answers:
  PROPOSER
  1) Le vendeur rembourse 1 400 DH, au plus tard le 28 décembre 2026.
> noted
> agent: svc-draft (fr)

samir answers:
  PROPOSER ***
> advanced; svc-wait-approval
> merchant: svc-approve (fr)
> agent: svc-sent (fr)

wait 4 days
> on 2026-11-24 the clock rings
> merchant: svc-reminder (fr)
> on 2026-11-25 the clock rings; svc-open
> agent: svc-turn (fr)
> on 2026-11-26 the clock rings
> agent: svc-turn (fr)

atlas answers:
  ACCEPTER 7KM
> noted
> merchant: not-counted (fr)
> agent: message (fr)

samir answers:
  PROPOSER
  1) Le vendeur rembourse 1 400 DH, au plus tard le 28 décembre 2026.
> noted
> agent: svc-draft (fr)

samir answers:
  PROPOSER ***
> advanced; svc-wait-approval
> merchant: svc-approve (fr)
> agent: svc-sent (fr)

atlas answers:
  ACCEPTER ***
> advanced; svc-offer
> consumer: svc-offer (fr)
> agent: svc-sent (fr)

leila answers:
  ACCEPTER ***
> advanced; svc-fulfil
> consumer: svc-done (fr)
> merchant: svc-done (fr)
> agent: svc-done (fr)

wait 5 days

leila answers:
  PAS-FAIT ***
> noted
> consumer: not-yet-due (fr)
