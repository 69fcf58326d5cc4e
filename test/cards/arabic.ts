import type { RunState, StepName } from '../../engine/contracts.ts';
import type { Words } from '../../cards/index.ts';
import { rich, raw, safe, type Md, type Name, type Safe } from '../../cards/text.ts';
import { en } from '../../cards/words/en.ts';

const states: Record<RunState, Safe> = {
  draft: safe`مسودة`,
  'awaiting-approval': safe`بانتظار الموافقة`,
  queued: safe`في قائمة الانتظار`,
  'in-progress': safe`قيد التنفيذ`,
  'awaiting-exception': safe`بانتظار قرار`,
  'awaiting-cutover': safe`بانتظار التبديل`,
  completed: safe`مكتمل`,
  'signed-off': safe`معتمد`,
  failed: safe`فشل`,
  'rollback-in-progress': safe`جارٍ التراجع`,
  'rolled-back': safe`تم التراجع`,
  'rollback-failed': safe`فشل التراجع`,
  aborted: safe`أُوقف`,
};

const steps: Record<StepName, Safe> = {
  'check-prerequisites': safe`التحقق من المتطلبات`,
  'restore-beside': safe`الاستعادة بجانب الهدف`,
  'inspect-copy': safe`فحص النسخة`,
  sanitize: safe`تنقية بيانات النسخة`,
  'synchronize-beside': safe`مزامنة النسخة`,
  'verify-sanitization': safe`إثبات التنقية`,
  'await-cutover': safe`انتظار التبديل`,
  'apply-target-settings': safe`تطبيق إعدادات الهدف`,
  'stop-services': safe`إيقاف الخدمات`,
  swap: safe`تبديل قواعد البيانات`,
  'synchronize-database': safe`مزامنة قاعدة البيانات`,
  'bring-online': safe`إعادة التشغيل`,
};

/** As much Arabic as the card of a moving run needs: the proof that cards mirror. The rest stays English. */
export const arabic: Words = {
  ...en,
  states,
  steps,
  times: (zone: Safe) => safe`🌐 الأوقات بتوقيت ${zone}.`,
  progress: {
    ...en.progress,
    titles: {
      ...en.progress.titles,
      'in-progress': (target: Name, source: Name) => rich`استبدال ${target.md} من ${source.md}`,
      failed: (target: Name) => rich`فشل استبدال ${target.md}`,
    },
    subtitle: (run: Safe, at: Safe) => rich`التشغيل ${run} · نقطة الاستعادة ${at}`,
    step: (n: number, of: number, title: Safe) => rich`**الخطوة ${n} من ${of}** · ${title}`,
    started: (at: Safe, elapsed: Safe) => safe`بدأ ${at} · مضى ${elapsed}`,
    left: (time: Safe) => safe`يتبقى نحو ${time}`,
    running: safe`جارٍ`,
    failed: safe`فشلت`,
    skipped: safe`تم التخطي`,
    updated: (at: Safe, zone: Safe) => rich`آخر تحديث ${at} · ${zone} · تتحدث البطاقة تلقائيًا`,
    stop: raw`إيقاف…`,
    stopEffect: (target: Name) => rich`لم يتغير ${target.md}. الإيقاف يحذف النسخة المغلقة ويُبقي ${target.md} كما هو.`,
    log: raw`تنزيل السجل`,
  },
  target: {
    ...en.target,
    inUse: (target: Name, step: number, title: Safe) =>
      rich`🟢 يبقى ${target.md} متاحًا. يتوقف عند الخطوة ${step}، ${title}.`,
    inUseFor: (target: Name, step: number, title: Safe, time: Safe) =>
      rich`🟢 يبقى ${target.md} متاحًا. يتوقف عند الخطوة ${step}، ${title}، لنحو ${time}.`,
    closedNew: (target: Name, source: Name): Md => rich`🔴 ${target.md} مغلق ويحمل بيانات ${source.md} الجديدة.`,
  },
};
