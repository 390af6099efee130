# The same question to the desk in the same words, days apart: it is heard both times, within the one case; twice in one breath it is one.
now 2026-11-23T09:00:00Z
leila is consumer leila@courrier.example
registrar is operator registrar@elitige.example
atlas is merchant contact@boutique-atlas.example

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

leila writes:
  Subject: Des nouvelles ?
  Bonjour, avez-vous des nouvelles de mon dossier ? Le vendeur ne me répond toujours pas au téléphone.
> noted
> operator: attention (fr)

wait 3 days
> on 2026-11-26 the clock rings
> operator: screening-reminder (fr)

leila writes:
  Subject: Des nouvelles ?
  Bonjour, avez-vous des nouvelles de mon dossier ? Le vendeur ne me répond toujours pas au téléphone.
> noted
> operator: attention (fr)

leila writes:
  Subject: Des nouvelles ?
  Bonjour, avez-vous des nouvelles de mon dossier ? Le vendeur ne me répond toujours pas au téléphone.
> duplicate
