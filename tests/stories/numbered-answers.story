# Answers in one word each, numbered, in another order and not all; then a bare list, then one line. What was answered is not asked again.
now 2026-11-23T09:00:00Z
nora is consumer nora@courrier.example
registrar is operator registrar@elitige.example

nora writes:
  Subject: Problème avec une commande
  Bonjour, ma commande est arrivée cassée il y a deux semaines et personne ne répond à mes messages.
> opened; incomplete
> consumer: acknowledgement (fr)

nora answers:
  3) AT-48213
  1) Nora Berrada
> noted
> consumer: questions (fr)

nora answers:
  Bonjour,
  Savonnerie Amzil
  340 dh
  je sais pas
  Merci
> noted
> consumer: questions (fr)

nora answers:
  remboursement
> noted
> consumer: summary (fr)

nora answers:
  CONFIRMER ***
> advanced; screening
> consumer: file-complete (fr)
> operator: screening (fr)
