# A mediator is ready and the seller proposes instead of answering. The buyer declines: no mediation begins before the seller accepted its charter, and without that nothing is left after ten days.
now 2026-11-23T09:00:00Z
leila is consumer leila@courrier.example
registrar is operator registrar@elitige.example
atlas is merchant service@boutique-atlas.example
nadia is mediator nadia@mediateurs.example

leila writes:
  Subject: Commande jamais reçue
  Bonjour,
  je m'appelle Leila Bennani. J'ai commandé le 3 novembre 2026 une machine à café sur le site boutique-atlas.example,
  commande n° AT-48213, pour 1 500,00 DH payés par carte. Je n'ai toujours rien reçu malgré mes relances du 12 novembre.
  Je demande le remboursement de ma commande.
  Leila Bennani
> opened; incomplete
> consumer: acknowledgement (fr)

leila answers:
  CONFIRMER ***
> advanced; screening
> consumer: file-complete (fr)
> operator: screening (fr)

registrar answers:
  ADMETTRE *** service@boutique-atlas.example fr
> advanced; invited
> consumer: admitted (fr)
> merchant: invitation (fr)

the registrar names nadia
> named
> mediator: mission (fr)

nadia answers:
  ACCEPTER ***
> noted
> consumer: mediator-named (fr)
> merchant: mediator-named (fr)
> mediator: mission-accepted (fr)

atlas answers:
  PROPOSER
  1) Nous livrons une machine neuve avant le 15 décembre 2026.
> noted
> merchant: proposal-draft (fr)
> mediator: message (fr)

atlas answers:
  PROPOSER ***
> advanced; proposal
> consumer: proposal (fr)
> merchant: proposal-sent (fr)
> mediator: brief (fr)

leila answers:
  REFUSER ***
> advanced; between
> consumer: proposal-closed (fr)
> merchant: proposal-closed (fr)
> mediator: brief (fr)

wait 15 days
> on 2026-11-30 the clock rings
> mediator: morning (fr)
> on 2026-12-01 the clock rings
> mediator: morning (fr)
> on 2026-12-02 the clock rings
> mediator: morning (fr)
> on 2026-12-03 the clock rings
> mediator: morning (fr)
> on 2026-12-03 the clock rings; closed NO_AGREEMENT
> consumer: closed-no-agreement (fr)
> merchant: closed-no-agreement (fr)
> mediator: case-moved (fr)
