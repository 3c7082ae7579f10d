import type { FileStart } from "../../consent/export.ts";
import type { Course } from "../../domain/course/course.ts";
import type { Enrolment } from "../../domain/course/enrolment.ts";
import type { Undo } from "../../domain/course/undo.ts";
import type { Subscriber } from "../../domain/people/subscriber.ts";
import type { Words } from "../../domain/words/words.ts";
import type { Services, WebRequest } from "../../ports.ts";

/** What the page says about what was just done, and what takes it back. */
export interface Said {
  notice?: string;
  problem?: string;
  undo?: Undo;
  /** An export that is too large for one file. */
  exported?: { files: FileStart[]; more?: FileStart };
}

export interface Acting {
  services: Services;
  /** In the language of the course. */
  words: Words;
  subscriber: Subscriber;
  course: Course;
  /** Undefined for someone who has only the newsletter. */
  enrolment: Enrolment | undefined;
  request: WebRequest;
}
