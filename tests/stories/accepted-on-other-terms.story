# A seller's code beside another amount, another remedy or a denial is no acceptance of what was asked: people read it. The same amount leaves it one.
now 2026-11-23T09:00:00Z
leila is consumer leila@courrier.example
registrar is operator registrar@elitige.example
atlas is merchant service@boutique-atlas.example

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
  Je n'ai toujours rien reçu.
> advanced; screening
> consumer: file-complete (fr)
> operator: screening (fr)

registrar answers:
  ADMETTRE *** service@boutique-atlas.example
> advanced; invited
> consumer: admitted (fr)
> merchant: invitation (fr)

atlas answers:
  ACCEPTER ***
  Nous remboursons 900 DH sous 5 jours.
> noted
> merchant: not-counted (fr)
> operator: attention (fr)

atlas answers:
  ACCEPTER ***
  Nous vous faisons un avoir valable un an.
> noted
> merchant: not-counted (fr)
> operator: attention (fr)

atlas answers:
  ACCEPTER ***
  Mais nous ne remboursons pas le port.
> noted
> merchant: not-counted (fr)
> operator: attention (fr)

atlas answers:
  ACCEPTER ***
  Nous remboursons 1 500 DH sous 5 jours, sans problème.
> noted
> merchant: not-counted (fr)
> operator: attention (fr)
