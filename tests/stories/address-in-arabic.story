# An address in Arabic letters is an address: its owner is answered, and answers with a code. Only the line To is not ASCII.
now 2026-11-23T09:00:00Z
zaynab is consumer زينب@بريد.example
registrar is operator registrar@elitige.example

zaynab writes:
  Subject: طلب لم يصل
  السلام عليكم،
  اسمي زينب العلوي. اشتريت يوم 3 نونبر 2026 آلة قهوة من موقع boutique-atlas.example، رقم الطلب AT-48213، بثمن 1500 درهم.
  لم يصلني أي شيء رغم مراسلتي للبائع يوم 12 نونبر. أطلب استرجاع المبلغ.
  زينب العلوي
> opened; incomplete
> consumer: acknowledgement (ar)

zaynab answers:
  سحب ***
> advanced; closed WITHDRAWN_CONSUMER
> consumer: closed-withdrawn (ar)
