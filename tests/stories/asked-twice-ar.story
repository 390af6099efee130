# A complaint in Arabic that lacks nearly everything; the buyer answers the questions one by one, in Darija too, and pauses when the child falls ill.
now 2026-11-23T09:00:00Z
salma is consumer salma@barid.example
registrar is operator registrar@elitige.example
atlas is merchant service@boutique-atlas.example

salma writes:
  Subject: مشكل مع محل
  السلام عليكم، شريت واحد الماكينة وخرجات فيها العطب من النهار الأول، والمحل ما بغاش يجاوبني.
> opened; incomplete
> consumer: acknowledgement (ar)

salma answers:
  1) سلمى العلوي
  2) boutique-atlas.example
> noted
> consumer: questions (ar)

salma answers:
  رقم الطلب: AT-771
  المبلغ: 640 درهم
> noted
> consumer: questions (ar)

salma answers:
  أطلب استرجاع المبلغ
> noted
> consumer: summary (ar)

salma answers:
  تأكيد ***
> advanced; screening
> consumer: file-complete (ar)
> operator: screening (fr)

registrar answers:
  ADMETTRE *** service@boutique-atlas.example ar
> advanced; invited
> consumer: admitted (ar)
> merchant: invitation (ar)

salma answers:
  توقيف ***
> advanced; interrupted
> consumer: paused (ar)
> merchant: paused (ar)

wait 4 days

atlas answers:
  أقبل ***
> held:no-rule
> merchant: not-counted (ar)
> operator: attention (fr)

salma answers:
  استئناف ***
> advanced; invited
> consumer: resumed (ar)
> merchant: resumed (ar)

atlas answers:
  أقبل ***
> advanced; performance
> consumer: agreement (ar)
> merchant: agreement (ar)

wait 18 days
> on 2026-11-30 the clock rings
> operator: held-digest (fr)
> on 2026-12-01 the clock rings
> operator: held-digest (fr)
> on 2026-12-02 the clock rings
> operator: held-digest (fr)
> on 2026-12-03 the clock rings
> operator: held-digest (fr)
> on 2026-12-04 the clock rings
> operator: held-digest (fr)
> on 2026-12-07 the clock rings
> operator: held-digest (fr)
> on 2026-12-08 the clock rings
> operator: held-digest (fr)
> on 2026-12-09 the clock rings
> operator: held-digest (fr)
> on 2026-12-10 the clock rings
> operator: held-digest (fr)
> on 2026-12-11 the clock rings
> operator: held-digest (fr)
> on 2026-12-14 the clock rings
> consumer: performance-check (ar)
> operator: held-digest (fr)
> on 2026-12-15 the clock rings
> operator: held-digest (fr)

salma answers:
  لم-يتم ***
> advanced; contested
> consumer: not-performed-noted (ar)
> merchant: not-performed (ar)
> operator: attention (fr)

atlas answers:
  تم ***
> noted
> consumer: performance-check (ar)
> merchant: performed-noted (ar)
> operator: attention (fr)

salma answers:
  تم ***
> advanced; closed SETTLED_PERFORMED_LATE
> consumer: closed-performed (ar)
> merchant: closed-performed (ar)
