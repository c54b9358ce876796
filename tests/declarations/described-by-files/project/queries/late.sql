select * from invoices where due < '{day}'
  and paid is null
