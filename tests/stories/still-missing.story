# A confirmation of an incomplete file is answered with the questions that are left.
now 2026-11-23T09:00:00Z
leila is consumer leila@courrier.example
registrar is operator registrar@elitige.example

leila writes:
  Subject: Problème avec une commande
  Bonjour, ma commande sur boutique-atlas.example est arrivée cassée, je suis très déçue.
> opened; incomplete
> consumer: acknowledgement (fr)

leila answers:
  Je suis Leila.
> noted
> consumer: questions (fr)
