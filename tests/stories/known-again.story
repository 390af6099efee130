# The registrar finds the address of a shop that is not listed; the next complaint against it finds that address.
now 2026-11-23T09:00:00Z
leila is consumer leila@courrier.example
karim is consumer karim@courrier.example
registrar is operator registrar@elitige.example
atlas is merchant gerant@boutique-atlas.example

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
  ADMETTRE ***
> noted
> operator: merchant-missing (fr)

registrar answers:
  ADMETTRE *** gerant@boutique-atlas.example ar
> advanced; invited
> consumer: admitted (fr)
> merchant: invitation (ar)

atlas answers:
  أقبل ***
> advanced; performance
> consumer: agreement (fr)
> merchant: agreement (ar)

leila answers:
  FAIT ***
> advanced; closed SETTLED_PERFORMED
> consumer: closed-performed (fr)
> merchant: closed-performed (ar)

karim writes:
  Subject: Colis jamais reçu
  Bonjour,
  je m'appelle Karim Alami. J'ai commandé le 5 novembre 2026 une lampe sur https://www.boutique-atlas.example,
  commande n° AT-59324, pour 400,00 DH payés par carte. Je n'ai toujours rien reçu malgré mes relances du 14 novembre.
  Je demande le remboursement de ma commande.
  Karim Alami
> opened; incomplete
> consumer: acknowledgement (fr)

karim answers:
  CONFIRMER ***
> advanced; screening
> consumer: file-complete (fr)
> operator: screening (fr)

registrar answers:
  ADMETTRE ***
> advanced; invited
> consumer: admitted (fr)
> merchant: invitation (ar)

atlas answers:
  أقبل ***
> advanced; performance
> consumer: agreement (fr)
> merchant: agreement (ar)

karim answers:
  FAIT ***
> advanced; closed SETTLED_PERFORMED
> consumer: closed-performed (fr)
> merchant: closed-performed (ar)
