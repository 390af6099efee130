# The buyer moves to another mailbox; then somebody in that mailbox moves on, and the buyer undoes it.
now 2026-11-23T09:00:00Z
leila is consumer leila@courrier.example
registrar is operator registrar@elitige.example

nouvelle is consumer leila@nouvelle.example
eve is consumer eve@ailleurs.example

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
  ADRESSE *** leila@nouvelle.example
> noted
> consumer: address-check (fr)

eve answers the letter to nouvelle:
  OUI ***
> held:needs-a-person
> operator: held-digest (fr)

nouvelle answers:
  OUI ***
> noted
> consumer: address-changed (fr)
> consumer: address-confirmed (fr)

nouvelle answers:
  CONFIRMER ***
> advanced; screening
> consumer: file-complete (fr)
> operator: screening (fr)

nouvelle answers:
  ADRESSE *** eve@ailleurs.example
> noted
> consumer: address-check (fr)

eve answers:
  OUI ***
> noted
> consumer: address-changed (fr)
> consumer: address-confirmed (fr)

nouvelle answers:
  NON ***
> noted
> consumer: address-restored (fr)
> operator: address-disputed (fr)

eve answers:
  RETIRER ***
> held:unknown-sender

nouvelle answers:
  RETIRER ***
> held:needs-a-person
