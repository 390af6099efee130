# The customer service asks something, and its customer does not answer any more.
now 2026-11-23T09:00:00Z
omar is consumer omar@post.example
atlas is merchant sav@boutique-atlas.example
grace is agent grace@relation-client.example

omar writes to atlas:
  Subject: Wrong shoes
  Hello, my name is Omar Idrissi. I received the wrong shoes, order number AT-5512. I would like an exchange.
> opened; svc-open
> consumer: svc-received (en)
> agent: svc-new (en)

grace answers:
  Hello, I am sorry about that. Which size did you order?
> advanced; svc-wait-consumer
> consumer: svc-answer (en)

grace answers:
  And which colour, please?
> noted
> consumer: svc-answer (en)

wait 16 days
> on 2026-11-26 the clock rings
> consumer: svc-reminder (en)
> on 2026-11-30 the clock rings
> consumer: svc-reminder (en)
> on 2026-12-07 the clock rings; closed SVC_LAPSED
> consumer: svc-closed (en)
> agent: svc-closed (en)
