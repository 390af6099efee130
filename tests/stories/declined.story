# The mediator of a first proposal is told that it was not kept, the other side not by whom; the buyer then proposes, and it is accepted.
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
  ADMETTRE *** service@boutique-atlas.example
> advanced; invited
> consumer: admitted (fr)
> merchant: invitation (fr)

atlas answers:
  MÉDIATION ***
> advanced; assigning
> consumer: mediation-agreement (fr)
> merchant: mediation-agreement (fr)
> operator: assignment (fr)

the registrar names nadia
> named
> mediator: mission (fr)

nadia answers:
  ACCEPTER ***
> advanced; exchange
> consumer: mediator-named (fr)
> merchant: mediator-named (fr)
> mediator: mission-accepted (fr)

nadia answers:
  PROPOSER
  1) Le vendeur rembourse 1 000 DH sous 15 jours.
> noted
> mediator: proposal-draft (fr)

nadia answers:
  PROPOSER ***
> advanced; proposal
> consumer: proposal (fr)
> merchant: proposal (fr)
> mediator: proposal-sent (fr)

leila answers:
  REFUSER ***
> advanced; exchange
> consumer: proposal-closed (fr)
> merchant: proposal-closed (fr)
> mediator: proposal-result (fr)

leila answers:
  PROPOSER
  Je voudrais que ce soit réglé.
> noted
> consumer: proposal-help (fr)
> mediator: message (fr)

leila answers:
  PROPOSER
  1. Le vendeur livre la machine à café commandée avant le 12/12/2026.
> noted
> consumer: proposal-draft (fr)
> mediator: message (fr)

leila answers:
  PROPOSER ***
> advanced; proposal
> consumer: proposal-sent (fr)
> merchant: proposal (fr)
> mediator: brief (fr)

atlas answers:
  ACCEPTER ***
> advanced; performance
> consumer: agreement (fr)
> merchant: agreement (fr)
> mediator: case-moved (fr)
