# Both sides wish to be mediated; after private words the mediator proposes, and each side accepts for itself.
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

leila answers:
  Bonjour, entre nous : je me contenterais de 1 200 dirhams, mais ne le dites pas au vendeur.
> noted
> mediator: message (fr)

atlas answers:
  Bonjour, notre transporteur a perdu le colis ; nous ne voulons pas que cela se sache.
> noted
> mediator: message (fr)

nadia answers:
  PROPOSER
  1) Le vendeur rembourse 1 350 DH par virement, avant le 20 décembre 2026.
  2) L'acheteuse retire son avis public, avant le 22 décembre 2026.
> noted
> mediator: proposal-draft (fr)

nadia answers:
  PROPOSER ***
> advanced; proposal
> consumer: proposal (fr)
> merchant: proposal (fr)
> mediator: proposal-sent (fr)

leila answers:
  ACCEPTER ***
> noted
> consumer: acceptance-noted (fr)

leila answers:
  ANNULER ***
> noted
> consumer: acceptance-withdrawn (fr)

leila answers:
  ACCEPTER ***
> noted
> consumer: acceptance-noted (fr)

atlas answers:
  ACCEPTER ***
> advanced; performance
> consumer: agreement (fr)
> merchant: agreement (fr)
> mediator: case-moved (fr)

wait 31 days
> on 2026-12-22 the clock rings
> consumer: performance-check (fr)

leila answers:
  FAIT ***
> advanced; closed SETTLED_PERFORMED
> consumer: closed-performed (fr)
> merchant: closed-performed (fr)
> mediator: case-moved (fr)
