# A complaint that nobody completes lapses after its reminders.
now 2026-11-23T09:00:00Z
leila is consumer leila@courrier.example
registrar is operator registrar@elitige.example

leila writes:
  Subject: Problème avec une commande
  Bonjour, ma commande sur boutique-atlas.example est arrivée cassée, que puis-je faire ?
> opened; incomplete
> consumer: acknowledgement (fr)

leila answers:
  Commande n° : AT-48213
> noted
> consumer: questions (fr)

wait 6 days
> on 2026-11-30 the clock rings
> consumer: complaint-reminder (fr)

wait 20 days
> on 2026-12-03 the clock rings
> consumer: complaint-reminder (fr)
> on 2026-12-07 the clock rings
> consumer: complaint-reminder (fr)
> on 2026-12-07 the clock rings; closed LAPSED_INCOMPLETE
> consumer: closed-lapsed (fr)
