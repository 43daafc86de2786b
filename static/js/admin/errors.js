// Where a form wants the eye. A refused one: the first field that is wrong reads its message out, a message about the
// whole form reads itself. A new one: its first field. On load, for Django's change_form.js, which runs when it likes,
// goes to whatever stands first, a button perhaps.

addEventListener("load", () => {
  const fields = document.querySelectorAll(
    "[aria-invalid=true]:not(.select2-hidden-accessible), [aria-invalid=true] + .select2 [role=combobox]",
  )
  const wrong = [...fields].find((field) => field.offsetParent) ?? document.querySelector(".errorlist")
  const isNew = document.querySelector("#django-admin-form-add-constants[data-model-name]")
  const first = wrong ?? (isNew && document.querySelector("fieldset :is(input:not([type=hidden]), textarea, select)"))
  if (first?.matches(".errorlist")) first.tabIndex = -1
  first?.focus()
})
