"use client";

import { ChevronDown } from "lucide-react";
import { useTranslations } from "next-intl";
import { useId, useRef, useState, type KeyboardEvent, type Ref } from "react";
import { isComposing } from "@/lib/browser/composing";
import { filterOptions, type ComboboxOption } from "./combobox-filter";
import styles from "./combobox.module.css";
import { TextInput } from "./text-input";

type Asked = {
  onAsk: (typed: string) => void;
  /** What to say while, or why, there is nothing to choose from. */
  note: string | undefined;
  /** The one that holds now: it need not be among the options. */
  chosen: ComboboxOption | undefined;
};

export type ComboboxProps = {
  options: readonly ComboboxOption[];
  /** Where somebody else finds the options as one types: they are shown as they come. */
  asked?: Asked | undefined;
  value: string;
  onChange: (value: string) => void;
  onBlur?: (() => void) | undefined;
  placeholder?: string | undefined;
  disabled?: boolean | undefined;
  /** Lets the field be emptied; without it the last choice comes back. */
  clearable?: boolean | undefined;
  name?: string | undefined;
  id?: string | undefined;
  "aria-label"?: string | undefined;
  "aria-describedby"?: string | undefined;
  "aria-invalid"?: true | undefined;
  "aria-required"?: true | undefined;
  ref?: Ref<HTMLInputElement> | undefined;
};

function Options({
  id,
  label,
  options,
  open,
  value,
  active,
  onTake,
  ref,
}: {
  id: string;
  label: string;
  options: readonly ComboboxOption[];
  open: boolean;
  value: string;
  active: number;
  onTake: (option: ComboboxOption) => void;
  ref: Ref<HTMLUListElement>;
}) {
  return (
    <ul id={id} ref={ref} role="listbox" aria-label={label} className={styles.list} hidden={!open}>
      {options.map((option, index) => (
        <li
          key={option.value}
          id={`${id}-${index}`}
          role="option"
          aria-selected={option.value === value}
          className={styles.option}
          data-active={index === active ? "" : undefined}
          onPointerDown={(event) => {
            event.preventDefault();
            onTake(option);
          }}
        >
          <span>{option.label}</span>
          {option.note && <span className={styles.note}>{option.note}</span>}
        </li>
      ))}
    </ul>
  );
}

/** Type to find, arrows to walk, Enter to take, Escape to leave it as it was. */
export function Combobox({
  options,
  asked,
  value,
  onChange,
  onBlur,
  clearable = false,
  ref,
  ...control
}: ComboboxProps) {
  const t = useTranslations("common");
  const listId = useId();
  const list = useRef<HTMLUListElement>(null);
  const [typed, setTyped] = useState<string | null>(null);
  const [open, setOpen] = useState(false);
  const [active, setActive] = useState(-1);

  const chosen =
    options.find((option) => option.value === value) ??
    (asked?.chosen?.value === value ? asked.chosen : undefined);
  const shown = asked ? options : filterOptions(options, typed ?? "");
  const unsettled = !open && typed !== null && typed.trim() !== "";
  const noteId = `${listId}-note`;
  const activeOption = open ? shown[active] : undefined;

  function show(at: number) {
    if (!open) asked?.onAsk("");
    setOpen(true);
    setActive(at);
    requestAnimationFrame(() => list.current?.children[at]?.scrollIntoView({ block: "nearest" }));
  }

  function leave() {
    setOpen(false);
    setTyped(null);
    setActive(-1);
  }

  function take(option: ComboboxOption) {
    onChange(option.value);
    leave();
  }

  function settle() {
    // several may bear one name: which of them is meant has to be chosen
    const words = typed?.trim() ?? "";
    const [exact, ...others] = options.filter((option) => option.label === words);
    const taken = exact !== undefined && others.length === 0;
    if (taken) onChange(exact.value);
    else if (typed !== null && words === "" && clearable) onChange("");
    setOpen(false);
    setActive(-1);
    // What was typed stays to be corrected: it took time, and throwing it away would say nothing.
    if (taken || words === "" || words === chosen?.label) setTyped(null);
    onBlur?.();
  }

  function onKeyDown(event: KeyboardEvent<HTMLInputElement>) {
    if (isComposing(event.nativeEvent)) return;
    const chosenAt = shown.findIndex((option) => option.value === value);
    if (event.key === "ArrowDown") {
      event.preventDefault();
      show(open ? Math.min(active + 1, shown.length - 1) : Math.max(chosenAt, 0));
    } else if (event.key === "ArrowUp") {
      event.preventDefault();
      show(open ? Math.max(active - 1, 0) : Math.max(chosenAt, 0));
    } else if (event.key === "Enter" && open) {
      event.preventDefault();
      const taken = activeOption ?? (shown.length === 1 ? shown[0] : undefined);
      if (taken) take(taken);
    } else if (event.key === "Escape" && (open || typed !== null)) {
      event.stopPropagation();
      leave();
    }
  }

  return (
    <div className={styles.root}>
      <TextInput
        {...control}
        ref={ref}
        role="combobox"
        spellCheck={false}
        aria-expanded={open}
        aria-controls={listId}
        aria-autocomplete="list"
        {...(unsettled && {
          "aria-invalid": true,
          "aria-describedby": [noteId, control["aria-describedby"]].filter(Boolean).join(" "),
        })}
        aria-activedescendant={activeOption ? `${listId}-${active}` : undefined}
        value={typed ?? chosen?.label ?? ""}
        after={<ChevronDown size={16} aria-hidden />}
        onFocus={(event) => event.target.select()}
        onClick={() => !open && show(shown.findIndex((option) => option.value === value))}
        onChange={(event) => {
          setTyped(event.target.value);
          show(event.target.value.trim() === "" ? -1 : 0);
          asked?.onAsk(event.target.value.trim());
        }}
        onKeyDown={onKeyDown}
        onBlur={settle}
      />
      <Options
        id={listId}
        ref={list}
        label={control["aria-label"] ?? t("choices")}
        options={shown}
        open={open}
        value={value}
        active={active}
        onTake={take}
      />
      {unsettled && (
        <p id={noteId} className={styles.unsettled} role="status">
          {chosen
            ? t("notChosenStill", { typed, chosen: chosen.label })
            : t("notChosen", { typed })}
        </p>
      )}
      {open && shown.length === 0 && (
        <p className={styles.none} role="status">
          {asked?.note ?? t("noChoice", { typed: typed ?? "" })}
        </p>
      )}
    </div>
  );
}
