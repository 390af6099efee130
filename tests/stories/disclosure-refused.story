# The seller does not allow a disclosure; the buyer, who does, learns it only after having answered. A second question ends with the case.
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

the registrar asks to disclose:
  Banque Atlas
  Le service des litiges de la Banque Atlas
  La date et le résultat de la médiation
  Traiter une opposition au paiement
  2027-01-29
> done
> consumer: disclosure-asked (fr)
> merchant: disclosure-asked (fr)

atlas answers:
  REFUSER ***
  Notre banque n'a rien à voir avec cela.
> noted
> merchant: disclosure-noted (fr)
> mediator: message (fr)

leila answers:
  ACCEPTER ***
> noted
> consumer: disclosure-ended (fr)
> merchant: disclosure-ended (fr)
> operator: disclosure-result (fr)

the registrar asks to disclose:
  Banque Atlas
  Le service des litiges de la Banque Atlas
  La date et le résultat de la médiation
  Traiter une opposition au paiement
  2027-01-29
> done
> consumer: disclosure-asked (fr)
> merchant: disclosure-asked (fr)

leila answers:
  ACCEPTER ***
> noted
> consumer: disclosure-noted (fr)

leila answers:
  ANNULER ***
> noted
> consumer: disclosure-noted (fr)

atlas answers:
  FIN ***
> advanced; closed ENDED_BY_MERCHANT
> consumer: closed-ended (fr)
> merchant: closed-ended (fr)
> mediator: case-moved (fr)
> operator: disclosure-result (fr)
