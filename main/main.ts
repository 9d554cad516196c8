/** Entry of the host process. */
import { startApplication } from "./application.ts";

startApplication();
