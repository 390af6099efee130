# A seller accepts during a pause, and accepts again once the case goes on.
now 2026-11-23T09:00:00Z
leila is consumer leila@courrier.example
registrar is operator registrar@elitige.example
atlas is merchant contact@boutique-atlas.example

leila writes:
  Subject: لم أتوصل بالطلبية
  السلام عليكم،
  الاسم الكامل: سلمى العلوي
  اقتنيت هاتفا من موقع boutique-atlas.example بتاريخ 3 نونبر 2026، رقم الطلب: AT-48213، بمبلغ 2300 درهم، وأسكن بمدينة الرباط،
  ولم أتوصل به إلى غاية اليوم رغم مراسلاتي. أطلب استرجاع المبلغ.

leila answers:
  تأكيد ***

registrar answers:
  ADMETTRE *** contact@boutique-atlas.example ar

leila answers:
  توقيف ***

atlas answers:
  أقبل ***

wait 1 days

leila answers:
  استئناف ***

atlas answers:
  أقبل ***
