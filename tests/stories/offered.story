# The merchant proposes something else, without a mediator, and the buyer accepts exactly that.
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
  PROPOSER
  1) Nous remboursons 1 200 DH par virement avant le 15 décembre 2026.
  2) L'acheteur renvoie l'emballage avant le 10/12/2026.

  Cordialement, service clients, 05 22 00 00 00
> noted
> merchant: proposal-draft (fr)

atlas answers:
  PROPOSER ***
> advanced; proposal
> consumer: proposal (fr)
> merchant: proposal-sent (fr)

leila answers:
  ACCEPTER *** mais je voudrais 1 300 dirhams
> noted
> consumer: not-counted (fr)
> operator: attention (fr)

leila answers:
  ACCEPTER ***
> advanced; performance
> consumer: agreement (fr)
> merchant: agreement (fr)

atlas answers:
  FAIT ***
> noted
> consumer: performance-check (fr)

leila answers:
  FAIT ***
> advanced; closed SETTLED_PERFORMED
> consumer: closed-performed (fr)
> merchant: closed-performed (fr)
