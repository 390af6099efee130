# The merchant stays silent; the customer service tells its final position, and the buyer goes to mediation in one reply.
now 2026-11-23T09:00:00Z
leila is consumer leila@courrier.example
registrar is operator registrar@elitige.example
atlas is merchant sav@boutique-atlas.example
samir is agent samir@relation-client.example
nadia is mediator nadia@mediateurs.example

leila writes to atlas:
  Subject: Commande jamais reçue
  Bonjour,
  je m'appelle Leila Bennani, de Tanger. J'ai commandé le 3 novembre 2026 une machine à café sur le site boutique-atlas.example,
  commande n° AT-48213, pour 1 500,00 DH payés par carte. Je n'ai toujours rien reçu.
  Je demande le remboursement de ma commande.
  Leila Bennani
> opened; svc-open
> consumer: svc-received (fr)
> agent: svc-new (fr)

samir answers:
  Bonjour Madame, nous avons bien reçu votre réclamation et interrogeons le transporteur.
> advanced; svc-wait-consumer
> consumer: svc-answer (fr)

samir writes:
  Subject: Commande AT-48213
  To: SELLER
  Bonjour, le colis est-il parti ?
> advanced; svc-wait-merchant
> merchant: svc-asked (fr)

wait 3 working days
> on 2026-11-24 the clock rings
> merchant: svc-reminder (fr)
> on 2026-11-25 the clock rings; svc-open
> agent: svc-turn (fr)

samir answers:
  CLORE ***
> advanced; svc-deadlock
> consumer: svc-final (fr)
> agent: svc-sent (fr)

wait 8 days
> on 2026-12-03 the clock rings
> consumer: svc-final (fr)

leila answers:
  MÉDIATION ***
> advanced; incomplete; closed SVC_ESCALATED
> consumer: escalated (fr)
> merchant: svc-closed (fr)
> agent: svc-closed (fr)

leila answers:
  CONFIRMER ***
> advanced; screening
> consumer: file-complete (fr)
> operator: screening (fr)

registrar answers:
  ADMETTRE *** sav@boutique-atlas.example
> advanced; invited
> consumer: admitted (fr)
> merchant: invitation (fr)

the registrar names samir
> not named

atlas answers:
  REFUSER ***
> advanced; closed MERCHANT_REFUSED
> consumer: closed-refused (fr)
> merchant: closed-refused (fr)
