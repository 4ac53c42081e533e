// What every page loads. Pages work without it: this only makes them kinder.

import {
  Button,
  CharacterCount,
  ErrorSummary,
  Radios,
  ServiceNavigation,
  SkipLink,
  createAll,
} from "govuk-frontend";
import { keepDrafts } from "./drafts.js";
import { askForQuestions } from "./questions.js";
import { printOnRequest } from "./print.js";

for (const component of [Button, CharacterCount, ErrorSummary, Radios, ServiceNavigation, SkipLink]) {
  createAll(component);
}
askForQuestions();
keepDrafts();
printOnRequest();
