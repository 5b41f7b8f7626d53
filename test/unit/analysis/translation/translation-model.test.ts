import { describe, expect, it } from "vitest";
import {
  buildTranslation,
  isModelLanguage,
  readTranslation,
} from "../../../../src/analysis/translation/translation-model.ts";

describe("the translation model", () => {
  it("is asked as Workers AI's m2m100 takes it", () => {
    expect(buildTranslation("quince jelly", "de")).toEqual({
      text: "quince jelly",
      source_lang: "en",
      target_lang: "de",
    });
  });

  it("is asked for Norwegian by the only code that it has", () => {
    expect(buildTranslation("herring", "nb").target_lang).toBe("no");
    expect(isModelLanguage("nb")).toBe(true);
  });

  it.each([
    ["de", true],
    ["nl", true],
    ["ar", true],
    ["zu", true],
    ["en", false],
    ["xx", false],
    ["la", false],
  ])("knows %s: %s", (language, isKnown) => {
    expect(isModelLanguage(language)).toBe(isKnown);
  });
});

describe("an answer of the translation model", () => {
  it.each([
    ["quince jelly", "de", "Quittengelee"],
    ["stew", "ru", "рагу"],
    ["quince", "ja", "マルメロ"],
    ["quince", "zh", "榅桲"],
    ["quince", "ko", "모과"],
    ["quince", "ar", "سفرجل"],
    ["quince", "hi", "क्विंस"],
    ["fish & chips", "nl", "vis & friet"],
    ["A red apple on a table.", "de", "Ein roter Apfel auf einem Tisch."],
  ])("to %j in %s is taken: %j", (text, language, translated) => {
    expect(readTranslation({ translated_text: ` ${translated} ` }, text, language)).toBe(translated);
  });

  it.each<[string, unknown]>([
    ["nothing", null],
    ["no text", {}],
    ["a text alone", "Quitte"],
    ["an accepted job", { request_id: "abc" }],
    ["a number", { translated_text: 5 }],
    ["an empty text", { translated_text: "" }],
    ["spaces", { translated_text: " \n " }],
    ["an essay", { translated_text: "Quitte ".repeat(20) }],
    ["HTML", { translated_text: "<b>Quitte</b>" }],
    ["a script", { translated_text: "Quitte<script>alert(1)</script>" }],
    ["a link", { translated_text: "Quitte https://example.com" }],
    ["a template", { translated_text: "Quitte {{7*7}}" }],
    ["two lines", { translated_text: "Quitte\nApfel" }],
    ["a control character", { translated_text: "Quitte\u0000" }],
    ["prose", { translated_text: "Die Übersetzung lautet: Quitte" }],
    ["a sentence", { translated_text: "Das ist eine Quitte." }],
    ["a question", { translated_text: "Quitte?" }],
    ["another script", { translated_text: "榅桲" }],
    ["digits", { translated_text: "12345" }],
    ["punctuation", { translated_text: "---" }],
  ])("that is %s is refused", (_, result) => {
    expect(readTranslation(result, "quince", "de")).toBeNull();
  });

  it.each(["ja", "zh", "ko", "ru", "ar", "th", "el"])("that only echoes the English is refused in %s", (language) => {
    expect(readTranslation({ translated_text: "quince" }, "quince", language)).toBeNull();
  });
});
