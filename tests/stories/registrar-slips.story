# Whatever the registrar mistypes invites nobody, and is answered with what can be written.
now 2026-11-23T09:00:00Z
leila is consumer leila@courrier.example
registrar is operator registrar@elitige.example
atlas is merchant contact@boutique-atlas.example

leila writes:
  Subject: Commande jamais reçue
  Bonjour,
  je m'appelle Leila Bennani. J'ai commandé le 3 novembre 2026 une machine à café sur le site boutique-atlas.example,
  commande n° AT-48213, pour 1 500,00 DH payés par carte. Je n'ai toujours rien reçu malgré mes relances du 12 novembre
  à contact@boutique-atlas.example. Je demande le remboursement de ma commande.
  Leila Bennani
> opened; incomplete
> consumer: acknowledgement (fr)

leila answers:
  CONFIRMER ***
> advanced; screening
> consumer: file-complete (fr)
> operator: screening (fr)

registrar answers:
  Qui est ce vendeur ?
> noted
> operator: order-help (fr)

registrar answers:
  ADMETTRE ZZZ contact@boutique-atlas.example fr
> noted
> operator: order-help (fr)

registrar answers:
  ADMETTRE *** contact-boutique-atlas.example ar
> noted
> operator: order-help (fr)

registrar answers:
  ADMETTRE *** contact@boutique-atlas.example deutsch
> noted
> operator: order-help (fr)

registrar answers:
  ADMETTRE *** leila@courrier.example
> noted
> operator: order-help (fr)

registrar answers:
  ADMETTRE *** registrar@elitige.example
> noted
> operator: order-help (fr)

registrar answers:
  ADMETTRE *** mediation@elitige.example fr
> noted
> operator: order-help (fr)

registrar answers:
  REJETER *** CAFE
> noted
> operator: order-help (fr)

registrar answers:
  ADMETTRE *** <contact@boutique-atlas.example>, AR
> advanced; invited
> consumer: admitted (fr)
> merchant: invitation (ar)
