# An offer beyond the mandate goes to the merchant first; what the merchant accepted, the buyer declines, and does not go on.
now 2026-11-23T09:00:00Z
leila is consumer leila@courrier.example
atlas is merchant sav@boutique-atlas.example
hind is agent hind@relation-client.example

leila writes to atlas:
  Subject: منتوج معطوب
  السلام عليكم، اسمي ليلى بناني. وصلني الخلاط معطوبا، رقم الطلبية AT-48213. أطلب استرجاع المبلغ كاملا.
> opened; svc-open
> consumer: svc-received (ar)
> agent: svc-new (ar)

hind answers:
  أقترح
  1) البائع يرجع المبلغ كاملا، 900 درهم، قبل 20 دجنبر 2026.
> noted
> agent: svc-draft (ar)

hind answers:
  أقترح ***
> advanced; svc-wait-approval
> merchant: svc-approve (fr)
> agent: svc-sent (ar)

atlas answers:
  REFUSER ***
> advanced; svc-open
> agent: svc-turn (ar)

hind answers:
  أقترح
  1) البائع يرجع 800 درهم، قبل 20 دجنبر 2026.
> noted
> agent: svc-draft (ar)

hind answers:
  أقترح ***
> advanced; svc-wait-approval
> merchant: svc-approve (fr)
> agent: svc-sent (ar)

wait 4 working days
> on 2026-11-24 the clock rings
> merchant: svc-reminder (fr)
> on 2026-11-25 the clock rings; svc-open
> agent: svc-turn (ar)
> on 2026-11-26 the clock rings
> agent: svc-turn (ar)

hind answers:
  أقترح
  1) البائع يرجع 700 درهم، قبل 20 دجنبر 2026.
> noted
> agent: svc-draft (ar)

hind answers:
  أقترح ***
> advanced; svc-wait-approval
> merchant: svc-approve (fr)
> agent: svc-sent (ar)

atlas answers:
  ACCEPTER ***
> advanced; svc-offer
> consumer: svc-offer (ar)
> agent: svc-sent (ar)

leila answers:
  أرفض ***
> advanced; svc-deadlock
> consumer: svc-final (ar)
> agent: svc-turn (ar)

wait 35 days
> on 2026-12-04 the clock rings
> consumer: svc-final (ar)
> on 2026-12-18 the clock rings
> consumer: svc-final (ar)
> on 2026-12-28 the clock rings; closed SVC_UNRESOLVED
> consumer: svc-closed (ar)
> agent: svc-closed (ar)
