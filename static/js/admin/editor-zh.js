// The body's editor in Chinese. django-prose-editor 0.28 asks Django's gettext for the words of its dialogs; the
// words of its toolbar are fixed in English and are replaced once the toolbar stands. What is not found stays as it is.
{
  const words = {
    // Dialogs
    "Alternative Text": "替代文字",
    "Add caption": "加图说",
    "Browse...": "选择…",
    "Cancel": "取消",
    "Caption": "图说",
    "Columns": "列数",
    "Edit Figure": "修改配图",
    "Edit Image": "修改图片",
    "Edit Link": "链接",
    "Image URL": "图片网址",
    "Include header row": "首行作表头",
    "Insert": "插入",
    "Insert Figure": "插入配图",
    "Insert Table": "插入表格",
    "No": "否",
    "Remove caption": "去掉图说",
    "Rows": "行数",
    "Table Properties": "表格",
    "Title": "提示文字",
    "URL": "网址",
    "Update": "确定",
    "Yes": "是",

    // Toolbar
    "paragraph": "段落",
    "Paragraph": "段落",
    "heading 2": "小标题",
    "Heading 2": "小标题",
    "heading 3": "次级小标题",
    "Heading 3": "次级小标题",
    "question_mark": "其他",
    "unordered list": "项目列表",
    "ordered list": "编号列表",
    "blockquote": "引文",
    "horizontal rule": "分隔线",
    "figure": "配图",
    "bold": "加粗",
    "italic": "斜体",
    "strike": "删除线",
    "subscript": "下标",
    "superscript": "上标",
    "insert link": "加链接（先选中文字）",
    "remove link": "去掉链接",
    "Insert table": "插入表格",
    "Add column": "右边加一列",
    "Delete column": "删除本列",
    "Add row": "下面加一行",
    "Delete row": "删除本行",
    "Merge cells": "合并单元格",
    "Split cell": "拆分单元格",
    "Toggle header cell": "表头单元格",
    "Delete table": "删除表格",
    "undo": "撤销",
    "redo": "重做",
  }

  // Django's catalogue, loaded next, fills up the one it finds. Later it is out of reach: jquery.init.js
  // puts another object into window.django.
  window.django = { ...window.django, catalog: { ...words } }

  const nameToolbar = (toolbar) => {
    toolbar.setAttribute("role", "toolbar")
    toolbar.setAttribute("aria-label", "正文格式")
    for (const button of toolbar.querySelectorAll("button[aria-label]")) {
      const word = words[button.getAttribute("aria-label")]
      if (word) {
        button.title = word
        button.setAttribute("aria-label", word)
      }
    }
    for (const option of toolbar.querySelectorAll(".prose-menubar__option > *")) {
      option.textContent = words[option.textContent] ?? option.textContent
    }
  }

  // The editor compares an answer with its English word: that becomes the option's value.
  const nameDialog = (dialog) => {
    dialog.setAttribute("aria-label", dialog.querySelector(".prose-editor-dialog-title")?.textContent ?? "")
    for (const option of dialog.querySelectorAll("option:not([value])")) {
      option.value = option.textContent
      option.textContent = words[option.value] ?? option.value
    }
  }

  const nameEditor = (editor, textarea) => {
    const root = textarea.closest(".prose-editor")
    const label = textarea.labels[0]
    const name = label?.textContent.replace(/[:：]\s*$/, "") || "正文"
    editor.setOptions({ editorProps: { ...editor.options.editorProps, attributes: { "aria-label": name, "aria-multiline": "true" } } })
    label?.addEventListener("click", () => editor.commands.focus())

    const toolbar = () => root.querySelector(":scope > .prose-menubar:not(.prose-menubar--floating)")
    const begin = () => {
      nameToolbar(toolbar())
      // Each transaction may put another English button into the drop-down.
      editor.on("transaction", () => nameToolbar(toolbar()))
    }
    // The toolbar is made on "create" too, by a listener that was there first.
    if (toolbar()) begin()
    else editor.on("create", begin)

    // A dialog stands by the time the click that opened it has bubbled up to here.
    root.addEventListener("click", () => {
      for (const dialog of root.querySelectorAll(".prose-editor-dialog:not([aria-label])")) nameDialog(dialog)
    })
  }

  document.addEventListener("prose-editor:ready", (event) => nameEditor(event.detail.editor, event.target))
}
