# A complaint that nobody completes lapses after its reminders.
now 2026-11-23T09:00:00Z
leila is consumer leila@courrier.example
registrar is operator registrar@elitige.example

leila writes:
  Subject: Problème avec une commande
  Bonjour, ma commande sur boutique-atlas.example est arrivée cassée, que puis-je faire ?

leila answers:
  Commande n° : AT-48213

wait 6 days

wait 20 days
