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

salma answers:
  لم-يتم ***
> advanced; contested
> consumer: received (ar)
> merchant: not-performed (ar)
> operator: attention (fr)

atlas answers:
  تم ***
> noted
> consumer: performance-check (ar)
> merchant: received (ar)

salma answers:
  تم ***
> advanced; closed SETTLED_PERFORMED_LATE
> consumer: closed-performed (ar)
> merchant: closed-performed (ar)
