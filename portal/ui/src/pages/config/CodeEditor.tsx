import { autocompletion, type CompletionContext, type CompletionResult, completionKeymap } from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap, indentWithTab, temporarilySetTabFocusMode } from '@codemirror/commands';
import { yaml } from '@codemirror/lang-yaml';
import { bracketMatching, foldGutter, indentOnInput, indentUnit } from '@codemirror/language';
import { lintGutter, setDiagnostics } from '@codemirror/lint';
import { highlightSelectionMatches, searchKeymap } from '@codemirror/search';
import { EditorState } from '@codemirror/state';
import { drawSelection, EditorView, highlightActiveLine, highlightActiveLineGutter, keymap, lineNumbers } from '@codemirror/view';
import { type Ref, useEffect, useImperativeHandle, useRef } from 'react';
import type { Schema } from '../../api/schema';
import { codeLook } from '../../parts/codemirror';
import { contextAt, suggest } from '../../rules/complete';
import type { Fault } from './useCheck';

/** Goes to a place of the text. */
export type Jump = (offset: number) => void;

/** The text of a rule, with completion by its schema and each fault at its line. Escape, then Tab leaves it. */
export function CodeEditor({ ref, label, text, faults, schema, onChange, onReview }: {
  ref: Ref<Jump>;
  label: string;
  text: string;
  faults: readonly Fault[];
  schema: Schema | null | undefined;
  onChange: (text: string) => void;
  onReview: () => void;
}) {
  const place = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView>(null);
  // What the editor calls later is always the newest.
  const calls = useRef({ onChange, onReview, schema });
  useEffect(() => {
    calls.current = { onChange, onReview, schema };
  });

  useEffect(() => {
    if (!place.current) return undefined;
    const complete = (context: CompletionContext): CompletionResult | null => completions(context, calls.current.schema ?? null);
    const editor = new EditorView({
      parent: place.current,
      doc: text,
      extensions: [
        codeLook(label),
        lineNumbers(),
        lintGutter(),
        foldGutter(),
        history(),
        drawSelection(),
        highlightActiveLine(),
        highlightActiveLineGutter(),
        highlightSelectionMatches(),
        indentOnInput(),
        indentUnit.of('  '),
        bracketMatching(),
        yaml(),
        autocompletion({ override: [complete], icons: false }),
        keymap.of([
          { key: 'Mod-s', preventDefault: true, run: () => (calls.current.onReview(), true) },
          { key: 'Escape', run: temporarilySetTabFocusMode },
          ...completionKeymap,
          ...searchKeymap,
          ...historyKeymap,
          ...defaultKeymap,
          indentWithTab,
        ]),
        EditorState.tabSize.of(2),
        EditorView.updateListener.of((update) => {
          if (update.docChanged) calls.current.onChange(update.state.doc.toString());
        }),
      ],
    });
    view.current = editor;
    return () => editor.destroy();
    // The text that one types is the editor's own; it is made anew for another document only.
  }, [label]);

  useEffect(() => {
    const editor = view.current;
    if (editor && editor.state.doc.toString() !== text) {
      editor.dispatch({ changes: { from: 0, to: editor.state.doc.length, insert: text } });
    }
  }, [text]);

  useEffect(() => {
    const editor = view.current;
    if (!editor) return;
    const end = editor.state.doc.length;
    const marks = faults
      .filter((fault) => fault.from <= end)
      .map((fault) => ({ from: fault.from, to: Math.min(Math.max(fault.to, fault.from), end), severity: 'error' as const, message: fault.message }));
    editor.dispatch(setDiagnostics(editor.state, marks));
  }, [faults]);

  useImperativeHandle(ref, () => (offset: number) => {
    const editor = view.current;
    if (!editor) return;
    const anchor = Math.min(offset, editor.state.doc.length);
    editor.dispatch({ selection: { anchor }, effects: EditorView.scrollIntoView(anchor, { y: 'center' }) });
    editor.focus();
  });

  return <div className="code" ref={place} data-testid="editor" />;
}

function completions(context: CompletionContext, schema: Schema | null): CompletionResult | null {
  if (!schema) return null;
  const around = contextAt(context.state.doc.toString(), context.pos);
  if (!context.explicit && around.word === '' && around.valueOf === null) return null;
  const options = suggest(schema, around).map(({ label, detail, info, insert }) => ({ label, detail, apply: insert, ...(info ? { info } : {}) }));
  return options.length === 0 ? null : { from: context.pos - around.word.length, options, validFor: /^[\w./-]*$/ };
}
