# The registry knows the shop by its handle: the registrar admits without an address, and the shop is invited in its own language.
now 2026-11-23T09:00:00Z
leila is consumer leila@courrier.example
registrar is operator registrar@elitige.example
atlas is merchant mediation@boutique-atlas.example
the registry has Atlas Déco; أطلس ديكو; instagram.com/atlas.deco; boutique-atlas.example at mediation@boutique-atlas.example in ar

leila writes:
  Subject: Commande jamais reçue
  Bonjour,
  je m'appelle Leila Bennani. J'ai commandé le 3 novembre 2026 une machine à café sur le site www.boutique-atlas.example,
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
