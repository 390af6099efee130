# Nobody answers for fifteen days: the final position is told by itself, and with it the way to mediation.
now 2026-11-23T09:00:00Z
leila is consumer leila@courrier.example
registrar is operator registrar@elitige.example
atlas is merchant sav@boutique-atlas.example
samir is agent samir@relation-client.example

leila writes to atlas:
  Subject: Commande AT-48213
  Bonjour, rien n'est arrivé et personne ne me répond.
> opened; svc-open
> consumer: svc-received (fr)
> agent: svc-new (fr)

leila answers:
  Je m'appelle Leila Bennani.
> noted
> consumer: svc-questions (fr)
> agent: message (fr)

the letter to leila bounces
> bounce
> agent: svc-turn (fr)

leila answers:
  MÉDIATION
> noted
> consumer: svc-questions (fr)
> agent: message (fr)

wait 16 days
> on 2026-11-24 the clock rings
> agent: svc-turn (fr)
> on 2026-11-25 the clock rings
> agent: svc-turn (fr)
> on 2026-11-26 the clock rings
> agent: svc-turn (fr)
> on 2026-11-27 the clock rings
> agent: svc-turn (fr)
> on 2026-11-30 the clock rings
> agent: svc-turn (fr)
> on 2026-12-01 the clock rings
> agent: svc-turn (fr)
> on 2026-12-02 the clock rings
> agent: svc-turn (fr)
> on 2026-12-03 the clock rings
> agent: svc-turn (fr)
> on 2026-12-04 the clock rings
> agent: svc-turn (fr)
> on 2026-12-07 the clock rings
> agent: svc-turn (fr)
> on 2026-12-08 the clock rings; svc-deadlock
> consumer: svc-final (fr)
> agent: svc-turn (fr)

leila answers:
  MÉDIATION ***
> advanced; incomplete; closed SVC_ESCALATED
> consumer: escalated (fr)
> merchant: svc-closed (fr)
> agent: svc-closed (fr)
