"use client";

import { AmountSection } from "./amount-section";
import { CountsSection } from "./counts-section";
import { NoteSection } from "./note-section";
import { SharesSection } from "./shares-section";
import { WhatSection } from "./what-section";
import { WhenSection } from "./when-section";

/** The fields of a disbursement in the order in which a clerk knows them. */
export function EntrySections() {
  return (
    <>
      <WhatSection />
      <WhenSection />
      <AmountSection />
      <CountsSection />
      <SharesSection />
      <NoteSection />
    </>
  );
}
